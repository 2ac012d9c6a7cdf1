import { endpoints } from '@packline/contract/endpoints.ts'
import {
  calendarParams,
  noticePage,
  noticeParams,
  type NoticePreferences,
  noticePreferences,
  noticePreferencesBody,
  noticeQuery,
  type NoticeView,
  noticeView,
  readNoticesBody,
  unreadNotices,
} from '@packline/contract/notices.ts'
import { problem } from '@packline/contract/problem.ts'
import type { Database, Tx } from '@packline/database/client.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import { requireUnchanged } from '../../platform/condition.ts'
import type { Deps } from '../../platform/deps.ts'
import { factsEtag } from '../../platform/etag.ts'
import { type Answer, refused, write } from '../../platform/idempotency.ts'
import { hasMailServer } from '../../platform/mail-outbox.ts'
import { notFound, RequestRefused } from '../../platform/problems.ts'
import { sendAnswer } from '../../platform/send-answer.ts'
import { chooseNoticeMails } from './choose-notice-mails.ts'
import { findNoticeCalendar } from './notice-calendar.views.ts'
import {
  noticeChanged,
  noticeElsewhere,
  noticeMissing,
  nothingToCome,
  preferencesChanged,
} from './notices.refusals.ts'
import { countUnread, findNotice, findNoticeAccount, getPreferences, listNotices } from './notices.views.ts'
import { type NoticesToRead, readNotices } from './read-notices.ts'

const tags = ['Notices']

const noticeEtag = (view: NoticeView) => factsEtag([view.readAt], view)
const condition = requireUnchanged({
  find: (db, { actor, params }) => findNotice(db, own(actor), noticeParams.parse(params).noticeId),
  etagOf: noticeEtag,
  rowsOf: ({ id }) => [{ table: 'Notice', where: { id } }],
  changed: noticeChanged,
})

const preferencesEtag = (view: NoticePreferences) => factsEtag(view.kinds, view)

/** What one is told, in the account one works in. */
export const noticeRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const preferencesOf = (db: Database | Tx, { userId }: Actor) =>
      getPreferences(db, userId, hasMailServer(deps.env))

    app.route({
      method: endpoints.listNotices.method,
      url: endpoints.listNotices.path,
      config: { access: 'view-notices' },
      schema: {
        tags,
        summary: 'Your notices in this account, newest first',
        querystring: noticeQuery,
        response: { 200: noticePage, '4xx': problem },
      },
      handler: ({ actor, query }) => listNotices(deps.db, own(actor), query),
    })

    app.route({
      method: endpoints.countUnreadNotices.method,
      url: endpoints.countUnreadNotices.path,
      config: { access: 'view-notices' },
      schema: {
        tags,
        summary: 'How many of your notices in this account are unread',
        response: { 200: unreadNotices, '4xx': problem },
      },
      handler: async ({ actor }) => ({ unreadCount: await countUnread(deps.db, own(actor)) }),
    })

    app.route({
      method: endpoints.getNotice.method,
      url: endpoints.getNotice.path,
      config: { access: 'view-notices' },
      schema: {
        tags,
        summary: 'One of your notices',
        params: noticeParams,
        response: { 200: noticeView, '4xx': problem },
      },
      handler: async ({ actor, params }, reply) => {
        const notice = await findNotice(deps.db, own(actor), params.noticeId)
        if (notice) return reply.header('etag', noticeEtag(notice)).send(notice)
        const elsewhere = await findNoticeAccount(deps.systemDb, actor.userId, params.noticeId)
        throw elsewhere ? new RequestRefused(noticeElsewhere(elsewhere)) : notFound('notice')
      },
    })

    app.route({
      method: endpoints.readNotice.method,
      url: endpoints.readNotice.path,
      config: { access: 'view-notices', condition },
      schema: {
        tags,
        summary: 'Mark one of your notices as read',
        params: noticeParams,
        response: { 200: unreadNotices, '4xx': problem },
      },
      handler: async (request, reply) =>
        sendAnswer(
          reply,
          await mark(deps, request, { noticeId: request.params.noticeId, andEarlier: false }),
        ),
    })

    app.route({
      method: endpoints.readNotices.method,
      url: endpoints.readNotices.path,
      config: { access: 'view-notices' },
      schema: {
        tags,
        summary: 'Mark your notices in this account as read, up to the newest you have seen',
        body: readNoticesBody,
        response: { 200: unreadNotices, '4xx': problem },
      },
      handler: async (request, reply) =>
        sendAnswer(reply, await mark(deps, request, { noticeId: request.body.upTo, andEarlier: true })),
    })

    app.route({
      method: endpoints.getNoticeCalendar.method,
      url: endpoints.getNoticeCalendar.path,
      // Whoever has the address may read it: it is in a mail, and calendars fetch without a session.
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'The calendar entry of the release that a notice tells of',
        params: calendarParams,
        response: { 200: z.string(), '4xx': problem },
      },
      handler: async (request, reply) => {
        const origin = deps.env.publicUrl ?? `${request.protocol}://${request.host}`
        const calendar = await findNoticeCalendar(deps.db, request.params.calendarKey, origin)
        if (calendar === undefined) throw new RequestRefused(nothingToCome)
        return reply
          .type('text/calendar; charset=utf-8')
          .header('cache-control', 'no-store')
          .header('content-disposition', 'attachment; filename="release.ics"')
          .send(calendar)
      },
    })

    app.route({
      method: endpoints.getNoticePreferences.method,
      url: endpoints.getNoticePreferences.path,
      config: { access: 'edit-notice-preferences' },
      schema: {
        tags,
        summary: 'Of what you are told by mail',
        response: { 200: noticePreferences, '4xx': problem },
      },
      handler: async ({ actor }, reply) => {
        const preferences = await preferencesOf(deps.db, actor)
        return reply.header('etag', preferencesEtag(preferences)).send(preferences)
      },
    })

    app.route({
      method: endpoints.editNoticePreferences.method,
      url: endpoints.editNoticePreferences.path,
      config: {
        access: 'edit-notice-preferences',
        condition: requireUnchanged({
          find: (db, { actor }) => preferencesOf(db, actor),
          etagOf: preferencesEtag,
          rowsOf: (_view, { actor }) => [{ table: 'User', where: { id: actor.userId } }],
          changed: preferencesChanged,
        }),
      },
      schema: {
        tags,
        summary: 'Choose of what you are told by mail',
        body: noticePreferencesBody,
        response: { 200: noticePreferences, '4xx': problem },
      },
      handler: async (request, reply) => {
        const { actor, body } = request
        const answer = await write(deps, request, async (tx, now) => {
          await chooseNoticeMails(tx, actor, now, body.mailOff)
          const preferences = await preferencesOf(tx, actor)
          return { status: 200, body: preferences, etag: preferencesEtag(preferences) }
        })
        return sendAnswer(reply, answer)
      },
    })
  }

const own = ({ accountId, userId }: Actor) => ({ scope: accountId, userId })

const mark = (deps: Deps, request: FastifyRequest, notices: NoticesToRead): Promise<Answer> =>
  write(deps, request, async (tx, now) => {
    const { actor } = request
    if (!(await readNotices(tx, actor, now, notices))) return refused(request, noticeMissing)
    return { status: 200, body: { unreadCount: await countUnread(tx, own(actor)) } }
  })
