-- temp.acceptance: how sure each way of paying is by each statement, and what says so.
create or replace temp table acceptance (
    acceptance_no integer,
    payment_method varchar,
    certainty varchar,
    evidence varchar,
);
