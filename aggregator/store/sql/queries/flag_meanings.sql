-- What the codes in mart.offer.flags mean, in plain words.
select flag, meaning
from mart.flag
order by flag;
