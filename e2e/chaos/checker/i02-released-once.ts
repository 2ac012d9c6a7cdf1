import { damagedRows, findRows, type Invariant } from './evidence.ts'

export const releasedOnce: Invariant = {
  id: 'I2',
  says: 'there is one release of a pack and number, it becomes current once, and one waits at most',
  async find(evidence) {
    return [
      ...(await findRows(
        evidence,
        (id) => `${id} exists more than once`,
        `select "packId" || ' number ' || sequence as id from "Release" group by "packId", sequence having count(*) > 1`,
      )),
      ...(await findRows(
        evidence,
        (id) => `release ${id} became current more than once`,
        `select "objectId" as id from "AuditEntry" where action = 'as.ipack.release RELEASE'
         group by "objectId" having count(*) > 1`,
      )),
      ...(await findRows(
        evidence,
        (id) => `pack ${id} has more than one release that waits`,
        `select "packId" as id from "Release" where status = 'SCHEDULED' group by "packId" having count(*) > 1`,
      )),
    ]
  },
  controls: [
    {
      name: 'a release that is there twice',
      async damage(evidence) {
        await evidence.sql.query('drop index "Release_packId_sequence_key"')
        return damagedRows(
          '',
          `update "Release" r set sequence = 1 where id = (select id from "Release" where sequence = 2 limit 1)`,
        ).damage(evidence)
      },
    },
    damagedRows(
      'a release that became current a second time',
      `insert into "AuditEntry" (id, "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId")
       (select gen_random_uuid(), "accountId", at, "actorKind", "actorName", source, action, "objectType", "objectId"
       from "AuditEntry" where action = 'as.ipack.release RELEASE' limit 1)`,
    ),
    {
      name: 'a second release that waits',
      async damage(evidence) {
        await evidence.sql.query('drop index "Release_one_scheduled"')
        return damagedRows(
          '',
          `update "Release" r set status = 'SCHEDULED' from "Release" waiting
           where waiting."packId" = r."packId" and waiting.status = 'SCHEDULED' and r.id <> waiting.id`,
        ).damage(evidence)
      },
    },
  ],
}
