import { Button, Title } from '@mantine/core'
import type { ComponentDetails } from '@packline/contract/components.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type LoaderFunctionArgs, useParams } from 'react-router'
import { paths, requireParam } from '../../paths.ts'
import { askedWhile, prefetch } from '../../query-client.ts'
import type { WithETag } from '../../request.ts'
import { mayLoad, usePermission } from '../../session.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Allowed, WhyNot } from '../../ui/why-not.tsx'
import { ComponentFacts } from './component-facts.tsx'
import classes from './component-page.module.css'
import { componentQueries } from './components.queries.ts'
import { DeleteComponentDialog } from './delete-component-dialog.tsx'
import { EditComponentDialog } from './edit-component-dialog.tsx'
import { RevisionTable } from './revision-table.tsx'
import { UploadRevision } from './upload-revision.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  if (await mayLoad('view-components')) prefetch(componentQueries.one(requireParam(params, 'componentId')))
  return null
}

export function Component() {
  const componentId = requireParam(useParams(), 'componentId')
  const permission = usePermission('view-components')
  const {
    data: component,
    error,
    refetch,
  } = useQuery({
    ...componentQueries.one(componentId),
    enabled: askedWhile(permission.kind === 'allowed'),
  })
  return (
    <>
      <nav aria-label="Breadcrumb" className={classes['back']} data-no-print>
        <TextLink to={paths.components()}>Components</TextLink>
      </nav>
      {permission.kind === 'refused' ? (
        <>
          <PageHeading title="Component" />
          <WhyNot>{permission.sentence}</WhyNot>
        </>
      ) : component ? (
        <ComponentPage component={component} />
      ) : (
        <>
          <PageHeading title="Component" />
          {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading lines={6} />}
        </>
      )}
    </>
  )
}

type OpenDialog = 'edit' | 'delete' | null

function ComponentPage({ component }: { component: WithETag<ComponentDetails> }) {
  const [open, setOpen] = useState<OpenDialog>(null)
  const close = () => setOpen(null)
  const mayEdit = usePermission('edit-component')
  const mayPackage = usePermission('create-package')
  const mayUpload = usePermission('upload-component')
  const hasContent = component.currentRevision > 0
  return (
    <>
      <PageHeading
        title={component.name}
        focusKey={component.id}
        actions={
          <Allowed permission={mayPackage}>
            {hasContent && (
              <ButtonLink to={paths.createPackages([component.id])}>Create Packaged Component</ButtonLink>
            )}
          </Allowed>
        }
      />
      <ComponentFacts component={component} />
      <Allowed permission={mayEdit}>
        <div className={classes['actions']} data-no-print>
          <Button variant="default" size="sm" onClick={() => setOpen('edit')}>
            Edit Component
          </Button>
          <Button variant="default" size="sm" onClick={() => setOpen('delete')}>
            Delete Component
          </Button>
        </div>
      </Allowed>
      <section aria-labelledby="revisions" className={classes['section']}>
        <Title order={2} id="revisions" mb="sm">
          Revisions
        </Title>
        <div className={classes['upload']} data-no-print>
          <Allowed permission={mayUpload}>
            <UploadRevision key={component.id} component={component} />
          </Allowed>
          {!hasContent && (
            <WhyNot>Create Packaged Component is offered here as soon as the component has content.</WhyNot>
          )}
        </div>
        <RevisionTable component={component} />
      </section>
      <EditComponentDialog component={component} isOpen={open === 'edit'} onClose={close} />
      <DeleteComponentDialog component={component} isOpen={open === 'delete'} onClose={close} />
    </>
  )
}
