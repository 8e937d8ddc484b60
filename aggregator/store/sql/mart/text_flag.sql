-- temp.text_flag: what is doubtful about a price list and its text for chargers of one country.
create or replace temp table text_flag (
    content_hash varchar,
    alt_text varchar,
    country varchar,
    flags varchar,
);
