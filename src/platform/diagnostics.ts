import { channel } from 'node:diagnostics_channel'
import type { Channel } from 'node:diagnostics_channel'
import type { ServerEvent } from '../core/events.ts'

/**
 * Events on `node:diagnostics_channel`, for metrics and traces: `answerback:start`, `answerback:refuse`, … Each message is the event as it is;
 * what users have typed is not escaped in it.
 */
export const DIAGNOSTICS: {
  listens(type: ServerEvent['type']): boolean
  publish(event: ServerEvent): void
} = {
  listens: type => CHANNELS[type].hasSubscribers,
  publish: event => CHANNELS[event.type].publish(event),
}

const CHANNELS: Readonly<Record<ServerEvent['type'], Channel>> = {
  listen: channel('answerback:listen'),
  refuse: channel('answerback:refuse'),
  login: channel('answerback:login'),
  'login-failure': channel('answerback:login-failure'),
  start: channel('answerback:start'),
  command: channel('answerback:command'),
  end: channel('answerback:end'),
  close: channel('answerback:close'),
}
