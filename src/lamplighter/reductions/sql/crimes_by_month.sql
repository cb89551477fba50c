-- How many crimes were recorded in each month, the whole force? Holds the group outside VAWG.
select
    recorded_month,
    cast(sum(crimes) as bigint) as crimes
from offences_place
where recorded_month between :first_month and :last_month
group by 1
order by 1 nulls last
