import type { Row } from './row.ts'
import { churn } from './rows/churn.ts'
import { clientDies } from './rows/client-dies.ts'
import { malformedInput } from './rows/malformed-input.ts'
import { poolExhausted } from './rows/pool-exhausted.ts'
import { racingInstances } from './rows/racing-instances.ts'
import { sameKey } from './rows/same-key.ts'
import { sameMoment } from './rows/same-moment.ts'
import { stopInOrder } from './rows/stop-in-order.ts'
import { backendKill, postgresKill, postgresRestart, terminateBackend } from './rows/postgres-away.ts'
import { businessClock } from './rows/business-clock.ts'
import { busyInstance } from './rows/busy-instance.ts'
import { diskFull } from './rows/disk-full.ts'
import { hostClock } from './rows/host-clock.ts'
import { killApi } from './rows/kill-api.ts'
import { longIdleTransaction } from './rows/long-idle-transaction.ts'
import { manyWizards } from './rows/many-wizards.ts'
import { noFault } from './rows/no-fault.ts'
import { partition, partitionByFirewall } from './rows/partition.ts'
import { restoreBackup } from './rows/restore-backup.ts'
import { rollingUpgrade } from './rows/rolling-upgrade.ts'
import { serverClock } from './rows/server-clock.ts'
import { silentLine } from './rows/silent-line.ts'
import { slowDatabase } from './rows/slow-database.ts'
import { zoneData } from './rows/zone-data.ts'

/**
 * Every fault that the product is run through, in this order: with a stage of their own, the short ones before all others,
 * which so find compiled what all start with; then, where several run at once, those that mostly wait beside each other.
 */
export const rows: readonly Row[] = [
  businessClock,
  noFault,
  serverClock,
  zoneData,
  rollingUpgrade,
  restoreBackup,
  diskFull,
  hostClock,
  partition,
  slowDatabase,
  partitionByFirewall,
  silentLine,
  busyInstance,
  killApi,
  stopInOrder,
  postgresRestart,
  postgresKill,
  backendKill,
  terminateBackend,
  clientDies,
  sameKey,
  racingInstances,
  sameMoment,
  churn,
  malformedInput,
  poolExhausted,
  longIdleTransaction,
  manyWizards,
]
