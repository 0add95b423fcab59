import { expect, it } from 'vitest'
import { FileQueue } from './file-queue.ts'

it('does one thing after the other for each file, whatever comes of it', async () => {
  const queue = new FileQueue()
  const done: string[] = []
  const note = (what: string) => async () => void done.push(what)
  const failing = queue.run('a', () => Promise.reject(new Error('disk')))
  const all = [queue.run('a', note('a1')), queue.run('b', note('b1')), queue.run('a', note('a2'))]
  await expect(failing).rejects.toThrow('disk')
  await Promise.all(all)
  expect(done.filter(what => what.startsWith('a'))).toEqual(['a1', 'a2'])
  expect(done).toContain('b1')
})

it('holds so much for a file that hangs, and takes more when it goes on', async () => {
  const queue = new FileQueue(3)
  let goOn = () => {}
  const hanging = queue.run('a', () => new Promise<void>(resolve => (goOn = resolve)))
  const waiting = [queue.run('a', async () => 1), queue.run('a', async () => 2)]
  await expect(queue.run('a', async () => 3)).rejects.toThrow('too much waits to be done with a')
  expect(await queue.run('b', async () => 4)).toBe(4)
  goOn()
  await hanging
  expect(await Promise.all(waiting)).toEqual([1, 2])
  expect(await queue.run('a', async () => 5)).toBe(5)
})
