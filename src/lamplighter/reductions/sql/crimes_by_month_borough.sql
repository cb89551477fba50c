-- How many crimes were recorded in each month, each borough? Holds the group outside VAWG.
select
    recorded_month,
    borough,
    cast(sum(crimes) as bigint) as crimes
from offences_place
where recorded_month between :first_month and :last_month
group by 1, 2
order by 1 nulls last, 2 nulls last
