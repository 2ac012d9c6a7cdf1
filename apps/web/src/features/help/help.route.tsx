import { lazy, Suspense } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useParams } from 'react-router'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { SideBySide, SideLink, SideList, SideListItem, SideListItems } from '../../ui/side-list.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { HelpList } from './help-list.tsx'
import { findTopic, helpTopics } from './help-topics.ts'

const loadHelpText = () => import('./help-text.tsx')
const HelpText = lazy(() => loadHelpText().then((module) => ({ default: module.HelpText })))

export async function loader({ params: { topic } }: LoaderFunctionArgs) {
  if (topic === undefined) return null
  // What reads Markdown is on its way while the text is.
  void loadHelpText()
  return (await findTopic(topic)?.load())?.default ?? null
}

/** All topics of the help, or one with all the others beside it. */
export function Component() {
  const text = useLoaderData<typeof loader>()
  const { topic: name } = useParams()
  if (name === undefined) return <HelpList />
  const topic = findTopic(name)
  if (!topic || text === null) {
    return (
      <>
        <PageHeading title="Not found" documentTitle="Not found · Help" />
        <EmptyState action={<TextLink to={paths.help()}>Go to all topics</TextLink>}>
          The help has no topic at this address.
        </EmptyState>
      </>
    )
  }
  return (
    <SideBySide list={<TopicList chosen={name} />}>
      <PageHeading title={topic.title} documentTitle={`${topic.title} · Help`} focusKey={name} />
      <Suspense fallback={<Loading lines={8} />}>
        <HelpText text={text} />
      </Suspense>
    </SideBySide>
  )
}

function TopicList({ chosen }: { chosen: string }) {
  return (
    <SideList label="Help topics" count={`${helpTopics.length} topics`}>
      <SideListItems revealBy={chosen}>
        {helpTopics.map(({ name, title }) => (
          <SideListItem key={name}>
            <SideLink to={paths.help(name)} name={title} />
          </SideListItem>
        ))}
      </SideListItems>
    </SideList>
  )
}
