-- How many crimes were recorded in each month, each ward, keyed on its borough (null: ward unknown)? Holds the group outside VAWG.
select
    recorded_month,
    borough,
    ward,
    cast(sum(crimes) as bigint) as crimes
from offences_place
where recorded_month <= :last_month
group by 1, 2, 3
order by 1 nulls last, 2 nulls last, 3 nulls last
