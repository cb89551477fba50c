-- How many months lay between offence and record, for each month of recording, BCU and borough? Holds the group outside VAWG.
-- delay_months null and why_unknown say: committed month unknown, or recorded before committed.
select
    recorded_month,
    bcu,
    borough,
    delay_months,
    case
        when committed_month is null then 'committed month unknown'
        when delay_months is null then 'recorded before committed'
    end as why_unknown,
    cast(sum(crimes) as bigint) as crimes
from offences_place
where recorded_month <= :last_month
group by 1, 2, 3, 4, 5
order by 1 nulls last, 2 nulls last, 3 nulls last, 4 nulls last, 5 nulls last
