-- temp.net_feed: feeds whose prices are proven to be without tax (data/feeds: prices = "net").
create or replace temp table net_feed (
    feed varchar,
);
