-- A statement has its time before it sees what is committed: one that was begun just before the clock was set, and saw
-- it set, read a time before the one that it was set to. Where the host's clock itself went back, time goes back.
alter table "DemoClock" add column "setAt" timestamptz(3);

create or replace function app_now() returns timestamptz language sql stable parallel safe as $$
  select coalesce(
    (select "offsetMillis" * interval '1 millisecond' + case
        when "setAt" > statement_timestamp() and "setAt" < statement_timestamp() + interval '10 seconds' then "setAt"
        else date_trunc('milliseconds', statement_timestamp())
      end
      from "DemoClock" where id = 1),
    date_trunc('milliseconds', statement_timestamp()))
$$;

create function set_app_clock(instant timestamptz) returns void language sql as $$
  insert into "DemoClock" (id, "offsetMillis", "setAt")
  select 1, round(extract(epoch from instant - real.now) * 1000), real.now
  from (select date_trunc('milliseconds', statement_timestamp()) as now) real
  on conflict (id) do update set "offsetMillis" = excluded."offsetMillis", "setAt" = excluded."setAt"
$$;
