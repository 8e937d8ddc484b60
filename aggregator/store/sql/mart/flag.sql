insert into mart.flag by name
select meaning.flag, meaning.meaning, count(flagged.flag) as offers,
from temp.flag_meaning as meaning
left join (
    select unnest(string_split(flags, ' ')) as flag
    from mart.offer_row
    where flags is not null
) as flagged using (flag)
group by meaning.flag, meaning.meaning
order by meaning.flag;
