-- How many victims of each age group were recorded in each month?
select
    recorded_month,
    age_group,
    cast(sum(victims) as bigint) as victims
from victims_age
where recorded_month <= :last_month
group by 1, 2
order by 1 nulls last, 2 nulls last
