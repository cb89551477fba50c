-- How many crimes of each sub-group were recorded in each month? Holds the group outside VAWG.
select
    recorded_month,
    offence_group,
    offence_subgroup,
    cast(sum(crimes) as bigint) as crimes
from offences_kind
where recorded_month <= :last_month
group by 1, 2, 3
order by 1 nulls last, 2 nulls last, 3 nulls last
