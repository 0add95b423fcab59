/** The numbers of SSH messages: RFC 4250 §4, or the document in the comment. */

export const MESSAGE = {
  DISCONNECT: 1,
  UNIMPLEMENTED: 3,
  SERVICE_REQUEST: 5,
  SERVICE_ACCEPT: 6,
  /** RFC 8308 §2.3 */
  EXT_INFO: 7,
  KEXINIT: 20,
  USERAUTH_REQUEST: 50,
  USERAUTH_FAILURE: 51,
  USERAUTH_SUCCESS: 52,
  USERAUTH_BANNER: 53,
  /** RFC 4252 §7 */
  USERAUTH_PK_OK: 60,
  /** RFC 4256 §5; shares its number with PK_OK. */
  USERAUTH_INFO_REQUEST: 60,
  USERAUTH_INFO_RESPONSE: 61,
  GLOBAL_REQUEST: 80,
  REQUEST_SUCCESS: 81,
  REQUEST_FAILURE: 82,
  CHANNEL_OPEN: 90,
  CHANNEL_OPEN_CONFIRMATION: 91,
  CHANNEL_OPEN_FAILURE: 92,
  CHANNEL_WINDOW_ADJUST: 93,
  CHANNEL_DATA: 94,
  CHANNEL_EXTENDED_DATA: 95,
  CHANNEL_EOF: 96,
  CHANNEL_CLOSE: 97,
  CHANNEL_REQUEST: 98,
  CHANNEL_SUCCESS: 99,
  CHANNEL_FAILURE: 100,
} as const

/**
 * The first number of user authentication (RFC 4252) and of the connection protocol (RFC 4254);
 * below them is the transport (RFC 4253).
 */
export const FIRST = { USERAUTH: 50, CONNECTION: 80 } as const

/** RFC 4250 §4.2.2 */
export const DISCONNECT = {
  PROTOCOL_ERROR: 2,
  SERVICE_NOT_AVAILABLE: 7,
  BY_APPLICATION: 11,
  TOO_MANY_CONNECTIONS: 12,
  NO_MORE_AUTH_METHODS_AVAILABLE: 14,
} as const

/** RFC 4250 §4.3 */
export const OPEN_FAILURE = {
  ADMINISTRATIVELY_PROHIBITED: 1,
  UNKNOWN_CHANNEL_TYPE: 3,
  RESOURCE_SHORTAGE: 4,
} as const

/** RFC 4250 §4.4 */
export const STDERR = 1

/** Signals that RFC 4254 §6.10 knows; others carry a domain, or become `TERM`. */
export const SIGNALS: ReadonlySet<string> = new Set(
  'ABRT ALRM FPE HUP ILL INT KILL PIPE QUIT SEGV TERM USR1 USR2'.split(' '),
)
