-- temp.flag_meaning: the flags that there are, in plain words.
create or replace temp table flag_meaning (
    flag varchar,
    meaning varchar,
);
