-- How many victims were recorded in each month, each BCU, borough and ward together?
select
    recorded_month,
    bcu,
    borough,
    ward,
    cast(sum(victims) as bigint) as victims
from victims_place
where recorded_month between :first_month and :last_month
group by 1, 2, 3, 4
order by 1 nulls last, 2 nulls last, 3 nulls last, 4 nulls last
