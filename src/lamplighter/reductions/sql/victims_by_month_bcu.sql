-- How many victims were recorded in each month, each BCU?
select
    recorded_month,
    bcu,
    cast(sum(victims) as bigint) as victims
from victims_place
where recorded_month between :first_month and :last_month
group by 1, 2
order by 1 nulls last, 2 nulls last
