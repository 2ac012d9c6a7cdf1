-- An id for a new row, in the order of time (RFC 9562, version 7): rows that are written together lie together in every
-- index, where random ones touch a page each. Of PostgreSQL itself from version 18 on.
do $do$
begin
  if current_setting('server_version_num')::int >= 180000 then
    create function new_id() returns uuid language sql volatile parallel safe as 'select uuidv7()';
  else
    create function new_id() returns uuid language sql volatile parallel safe as $$
      -- The milliseconds in the first six bytes of a random one, and its version from 4 to 7.
      select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1),
        'hex')::uuid
    $$;
  end if;
end $do$;
