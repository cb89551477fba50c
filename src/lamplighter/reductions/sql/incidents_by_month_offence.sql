-- How many incidents does each force have by month and offence, with a point or without? Anti-social behaviour is one offence.
select force_name,
       month,
       offence,
       easting_m is not null as located,
       cast(count(*) as bigint) as incidents
from incidents
where month <= :last_month
group by 1, 2, 3, 4
order by 1 nulls last, 2 nulls last, 3 nulls last, 4 nulls last
