import { isTest, type Rule } from './rule.ts'

const features = 'apps/api/src/features/'
const suffixed = /^[a-z0-9-]+\.(routes|refusals|store|views|job)\.ts$/
const useCase = /^([a-z]+)-[a-z0-9-]+\.ts$/

/** The first words that name something the system does. A new one belongs here when people say it. */
const verbs = new Set(
  (
    'accept activate add apply archive assign attach block cancel change check choose claim complete confirm connect copy ' +
    'create decide deactivate delete deliver deploy derive detach disable discard edit enable end exclude export extend fail finish ' +
    'generate grant import install invite issue join leave list lock mark merge move pin plan preview publish purge put ' +
    'read recover register release reject remind remove rename renew replace report request require reschedule reset resolve ' +
    'restore resume retry review revoke roll rotate run save schedule seal send set share sign spread start stop store submit ' +
    'suspend switch sync transfer undelete undeploy undo uninstall unlock unshare update upgrade upload verify withdraw'
  ).split(' '),
)

/** The listing of a feature folder is the list of what the feature does, so only known kinds of files are in it. */
export const fileRoles: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith(features))
    .filter(({ path }) => !hasRole(path.slice(features.length)))
    .map(
      ({ path }) =>
        `${path}: a feature folder holds <noun>.routes.ts, <noun>.refusals.ts, <noun>.store.ts, <noun>.views.ts, <noun>.job.ts, one <verb-noun>.ts per use case, and tests. ` +
        'A rule without database or HTTP goes to packages/domain, something every feature needs to apps/api/src/platform.',
    )

function hasRole(path: string): boolean {
  const [, name = '', ...deeper] = path.split('/')
  if (deeper.length > 0) return false
  if (isTest(name) || suffixed.test(name)) return true
  const verb = useCase.exec(name)?.[1]
  return verb !== undefined && verbs.has(verb)
}
