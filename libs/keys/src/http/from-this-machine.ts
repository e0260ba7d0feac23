import { isIP } from 'node:net';

/** What of a request tells whether it comes from this very machine. */
export interface Origin {
  /** The address that the process listens on. */
  readonly listensOn: string | undefined;
  /** The address at the other end of the socket, never one that a header names. */
  readonly remoteAddress: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What proxies add. One that adds nothing cannot be told from a program of this machine: hence WRITE_WITHOUT_KEY. */
const FORWARDED =
  /^(forwarded|via|cdn-loop|cf-.*|(.*-)?client-ip|x-(forwarded|real|original|client|cluster|envoy|amzn|azure|appengine|arr)(-.*)?)$/;

/** 127.0.0.0/8 and ::1, in IPv6's spelling of IPv4 too. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.toLowerCase().replace(/^::ffff:/, '');
  return isIP(plain) === 4 ? plain.startsWith('127.') : plain === '::1';
}

/** Whether a Host header names this machine by a loopback name: a page that has its own name point here does not. */
function namesLoopback(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return name.toLowerCase() === 'localhost' || isLoopback(name);
}

/** Whether a browser sent it for a page of somebody else's; programs, and browsers for our own pages, pass. */
function isForAnotherPage(origin: string | undefined): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || !namesLoopback(new URL(origin).host);
}

/**
 * Whether a request was sent by a program of this machine to a process that only this machine reaches: both ends of the
 * socket are loopback, the address that is listened on too, nothing says that it was passed on, it was sent to a
 * loopback name, and not by a page that came from elsewhere.
 */
export function isFromThisMachine({ listensOn, remoteAddress, headers }: Origin): boolean {
  return (
    isLoopback(listensOn) &&
    isLoopback(remoteAddress) &&
    !Object.keys(headers).some((name) => FORWARDED.test(name)) &&
    namesLoopback([headers['host']].flat()[0]) &&
    !isForAnotherPage([headers['origin']].flat()[0])
  );
}
