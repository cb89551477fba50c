-- How many victims of each ethnicity, the unknown included, were recorded in each month?
select
    recorded_month,
    ethnicity,
    cast(sum(victims) as bigint) as victims
from victims_ethnicity
where recorded_month <= :last_month
group by 1, 2
order by 1 nulls last, 2 nulls last
