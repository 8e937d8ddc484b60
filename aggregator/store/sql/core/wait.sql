-- What is new waits: it may be what is missing, under another name.
update temp.change_${table}
set change = 'waiting'
where change = 'new';
