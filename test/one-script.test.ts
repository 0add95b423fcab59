import { describe } from 'vitest'
import { createDemo } from '../src/cli/demo.ts'
import { serve } from '../src/serve.ts'
import { telnet } from '../src/transport/telnet/telnet.ts'
import { bridged } from './drivers/bridge.ts'
import { localDriver } from './drivers/local-driver.ts'
import { memoryDriver } from './drivers/memory-driver.ts'
import { TelnetDriver } from './drivers/telnet-driver.ts'
import { oneScript } from './one-script.suite.ts'

describe('one shell over every connection', () => {
  oneScript('the in-memory connection', () => memoryDriver(createDemo()))
  oneScript('a bridge over a MessagePort', () => memoryDriver(createDemo(), bridged))
  oneScript('this process’s own terminal', localDriver)
  oneScript('telnet', async () => {
    const server = await serve(createDemo(), { listen: [telnet(0)] })
    const driver = await TelnetDriver.connect(server.addresses[0]!.port!)
    void driver.closed.then(() => server.close({ timeout: 0 }))
    return driver
  })
})
