import { channel } from 'node:diagnostics_channel'
import type { Channel } from 'node:diagnostics_channel'
import type { ServerEvent } from '../core/events.ts'

/**
 * Returns the channel of `node:diagnostics_channel` for events of a type, for metrics and traces:
 * `answerback:start`, `answerback:refuse`, … Each message is the event itself; input of users is
 * not escaped in it.
 */
export function diagnosticsOf(type: ServerEvent['type']): Channel {
  return CHANNELS[type]
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
