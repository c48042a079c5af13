/**
 * The server a built mini-program talks to: it has no address of its own to talk back to. Without SERVER_ORIGIN it is the
 * one `npm run demo` starts.
 */
export const WEAPP_SERVER_ORIGIN = process.env['SERVER_ORIGIN'] || 'http://127.0.0.1:8100';
