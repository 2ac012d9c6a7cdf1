import { useQuery } from '@tanstack/react-query'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Outlet, useParams } from 'react-router'
import { packQueries } from '../../packs/pack-queries.ts'
import { requireParam } from '../../paths.ts'
import { usePermission } from '../../session.ts'
import { lazyDialog } from '../../ui/lazy-dialog.tsx'
import classes from './pack-contents.module.css'
import { PackRows } from './pack-rows.tsx'
import { ReleaseButton } from './release-button.tsx'

const AddPackagesDialog = lazyDialog(() =>
  import('./add-packages-dialog.tsx').then((module) => module.AddPackagesDialog),
)

/** The Packaged Components of a pack. What is scheduled or going out stands above them: a route of its own. */
export function Component() {
  const packId = requireParam(useParams(), 'packId')
  const { data: pack } = useQuery(packQueries.one(packId))
  const change = usePermission('change-pack-contents')
  const [isAdding, setAdding] = useState(false)
  if (!pack) return null

  const addButton = change.kind === 'allowed' && (
    <Button variant="default" onClick={() => setAdding(true)}>
      Add Packaged Component
    </Button>
  )
  return (
    <>
      <Outlet />
      <section aria-labelledby="packaged-components">
        <div className={classes['head']}>
          <div className={classes['words']}>
            <h3 id="packaged-components">Packaged Components</h3>
            <p className={classes['hint']}>
              What the pack consists of. A release takes the latest version of each component, unless you
              select another one.
            </p>
          </div>
          <div className={classes['actions']} data-no-print>
            {addButton}
            <ReleaseButton pack={pack} />
          </div>
        </div>
        <PackRows pack={pack} mayChange={change.kind === 'allowed'} addButton={addButton} />
      </section>
      <AddPackagesDialog isOpen={isAdding} pack={pack} onClose={() => setAdding(false)} />
    </>
  )
}
