-- How many rows and how many distinct references does each force have? A reference is no key, and some rows have none.
select force_name,
       cast(count(*) as bigint) as incidents,
       cast(count(distinct reference) as bigint) as distinct_references
from incidents
where month <= :last_month
group by 1
order by 1 nulls last
