-- How many victims were recorded in each month, each ward, keyed on its borough (null: ward unknown)?
select
    recorded_month,
    borough,
    ward,
    cast(sum(victims) as bigint) as victims
from victims_place
where recorded_month <= :last_month
group by 1, 2, 3
order by 1 nulls last, 2 nulls last, 3 nulls last
