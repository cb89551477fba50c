-- How many crimes were recorded in each month, each BCU, borough and ward together? Holds the group outside VAWG.
select
    recorded_month,
    bcu,
    borough,
    ward,
    cast(sum(crimes) as bigint) as crimes
from offences_place
where recorded_month <= :last_month
group by 1, 2, 3, 4
order by 1 nulls last, 2 nulls last, 3 nulls last, 4 nulls last
