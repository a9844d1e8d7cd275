-- summary 3: What did the checks find in the tables, and how often?
select severity, finding_check, count(*) as findings
from {{ ref('findings') }}
group by severity, finding_check
order by findings desc
