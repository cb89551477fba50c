-- How many crimes of each offence were recorded in each month, and is its group outside VAWG (1)?
select
    recorded_month,
    offence_group,
    offence_subgroup,
    offence,
    vawg_offence,
    case when offence_group = :outside_group then 1 else 0 end as outside_vawg,
    cast(sum(crimes) as bigint) as crimes
from offences_kind
where recorded_month between :first_month and :last_month
group by 1, 2, 3, 4, 5, 6
order by 1 nulls last, 2 nulls last, 3 nulls last, 4 nulls last, 5 nulls last, 6 nulls last
