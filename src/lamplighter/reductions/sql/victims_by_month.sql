-- How many victims were recorded in each month, the whole force?
select
    recorded_month,
    cast(sum(victims) as bigint) as victims
from victims_place
where recorded_month <= :last_month
group by 1
order by 1 nulls last
