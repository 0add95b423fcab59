import { expect, it } from 'vitest'
import { networksOf } from './network.ts'

it.each([
  ['192.0.2.1', ['192.0.2.1']],
  ['::ffff:192.0.2.1', ['192.0.2.1']],
  ['0:0:0:0:0:ffff:c000:201', ['192.0.2.1']],
  ['2001:db8:1:2:3:4:5:6', ['2001:db8:1:2/64', '2001:db8:1:0/56', '2001:db8:1/48']],
  ['2001:db8:1:a2fe::9', ['2001:db8:1:a2fe/64', '2001:db8:1:a200/56', '2001:db8:1/48']],
  ['2001:DB8::9', ['2001:db8:0:0/64', '2001:db8:0:0/56', '2001:db8:0/48']],
  ['fe80::1%eth0', ['fe80:0:0:0/64', 'fe80:0:0:0/56', 'fe80:0:0/48']],
  ['::1', ['0:0:0:0/64', '0:0:0:0/56', '0:0:0/48']],
  ['/run/lobby.sock', ['/run/lobby.sock']],
])('%s counts for %j', (address, networks) => {
  expect(networksOf(address)).toEqual(networks)
})
