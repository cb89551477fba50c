-- How many months lay between offence and record, for each year of recording and offence group?
-- delay_months null and why_unknown say: committed month unknown, or recorded before committed.
select
    cast(floor(recorded_month / 12e0) as int) as recorded_year,
    offence_group,
    delay_months,
    case
        when committed_month is null then 'committed month unknown'
        when delay_months is null then 'recorded before committed'
    end as why_unknown,
    cast(sum(crimes) as bigint) as crimes
from offences_kind
where recorded_month <= :last_month
group by 1, 2, 3, 4
order by 1 nulls last, 2 nulls last, 3 nulls last, 4 nulls last
