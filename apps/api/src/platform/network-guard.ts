import { BlockList, isIP } from 'node:net'

/** May a connection go to this address? */
export type NetworkGuard = (address: string) => boolean

/** IPv4 networks that are nobody's on the internet, or not one host's: IANA's special-purpose registry, and multicast. */
const closedIpv4 = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`

/** Of IPv6 only global unicast is open, without what carries other addresses inside or is for documents. */
const openIpv6 = '2000::/3'
const closedIpv6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20'

/** Lets connections out to the internet, and into the networks that the configuration names; anywhere else is refused. */
export function createNetworkGuard(allowedNetworks: readonly string[]): NetworkGuard {
  const allowed = listOf(allowedNetworks)
  return (address) => {
    const plain = withoutMapping(address)
    const family = isIP(plain)
    if (family === 0) return false
    if (has(allowed, plain)) return true
    return family === 4 ? !has(closed4, plain) : has(open6, plain) && !has(closed6, plain)
  }
}

const has = (list: BlockList, address: string) => list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family)
  }
  return list
}

const words = (text: string) => text.trim().split(/\s+/)
const closed4 = listOf(words(closedIpv4))
const open6 = listOf([openIpv6])
const closed6 = listOf(words(closedIpv6))

/** `127.0.0.1` of `::ffff:127.0.0.1`, in every way to write it: the URL parser brings them into one form. */
function withoutMapping(address: string): string {
  if (isIP(address) !== 6) return address
  const host = URL.parse(`http://[${address}]/`)?.hostname
  const [, high, low] = /^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/.exec(host ?? '') ?? []
  if (high === undefined || low === undefined) return host === undefined ? '' : address
  const bytes = [Number.parseInt(high, 16), Number.parseInt(low, 16)].flatMap((word) => [
    word >> 8,
    word & 255,
  ])
  return bytes.join('.')
}
