import { paths } from '../../paths.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import classes from './help-list.module.css'
import { helpGroups } from './help-topics.ts'

/** All topics of the help. */
export function HelpList() {
  return (
    <>
      <PageHeading title="Help" lead="How to work with Packline, by task." />
      <div className={classes['groups']}>
        {helpGroups.map(({ title, topics }) => (
          <section key={title}>
            <h2>{title}</h2>
            <ul className={classes['topics']}>
              {topics.map((topic) => (
                <li key={topic.name}>
                  <TextLink to={paths.help(topic.name)}>{topic.title}</TextLink>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  )
}
