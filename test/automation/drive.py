"""Drives the device of device.ts as programs do, and prints what they have read, as JSON.

    drive.py <driver> <port of ssh> <port of telnet> <port of telnet that always echoes>
"""
import json
import sys

DRIVER, SSH, TELNET, ECHOING = sys.argv[1], *map(int, sys.argv[2:5])
HOST = '127.0.0.1'
COMMANDS = {
    'version': 'show version',
    'config': 'show running-config',
    'wide': 'show interfaces ' + 'x' * 90,
    'wider': 'show interfaces ' + 'y' * 300,
    'wrong': 'show nonsense',
    'after': 'show interfaces after that',
}
CONFIGURATION = ['interface Gi0/1', 'ip address 192.0.2.1 255.255.255.0', 'description up  to date']


def netmiko(kind, port, name):
    from netmiko import ConnectHandler

    device = ConnectHandler(
        device_type=kind, host=HOST, port=port, username=name, password='cisco', secret='secret',
        global_delay_factor=0.25, fast_cli=False,
    )
    read = {'prompt': device.find_prompt()}
    if name != 'root':
        device.enable(pattern='assword')
    read['enabled'] = device.find_prompt()
    if not kind.startswith('cisco'):
        # What the drivers of Cisco's devices say by themselves.
        device.send_command('terminal length 0')
        device.send_command('terminal width 511')
    for key, command in COMMANDS.items():
        read[key] = device.send_command(command)
    if kind.startswith('cisco'):
        read['set'] = device.send_config_set(CONFIGURATION)
        read['configured'] = device.send_command('show running-config')
    device.disconnect()
    return read


def pexpect_in(command, login):
    import pexpect

    child = pexpect.spawn(command, encoding='utf8', timeout=20, env={'TERM': 'vt100', 'PATH': '/usr/bin:/bin'})
    child.delaybeforesend = None
    login(child)
    child.expect_exact('R1>')
    child.sendline('enable')
    child.expect_exact('Password: ')
    child.sendline('secret')
    child.expect_exact('R1#')
    read = {'enabled': child.after}

    def run(command, prompt='R1#'):
        child.sendline(command)
        child.expect_exact('\r\n')
        echo = child.before
        child.expect_exact(prompt)
        return echo, child.before.removesuffix('\r\n').replace('\r\n', '\n')

    run('terminal length 0')
    run('terminal width 511')
    for key, command in COMMANDS.items():
        echo, read[key] = run(command)
        assert echo == command, repr(echo)
    run('configure terminal', 'R1(config)#')
    for line, prompt in zip(CONFIGURATION, ['R1(config-if)#'] * 3):
        run(line, prompt)
    run('end')
    read['configured'] = run('show running-config')[1]
    child.sendline('exit')
    child.expect(pexpect.EOF)
    return read


def pexpect_ssh():
    options = '-F /dev/null -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR'

    def login(child):
        child.expect_exact('password: ')
        child.sendline('cisco')

    return pexpect_in(f'ssh {options} -p {SSH} admin@{HOST}', login)


def pexpect_telnet():
    def login(child):
        child.expect_exact('Username: ')
        child.sendline('admin')
        child.expect_exact('Password: ')
        child.sendline('cisco')

    return pexpect_in(f'telnet {HOST} {TELNET}', login)


def paramiko_client():
    import paramiko

    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(HOST, SSH, 'root', 'cisco', allow_agent=False, look_for_keys=False)
    return client


def paramiko_exec():
    client = paramiko_client()
    read = {}
    for key, command in COMMANDS.items():
        _, out, error = client.exec_command(command)
        read[key] = (out.read() + error.read()).decode().removesuffix('\n')
        read[key + ' status'] = out.channel.recv_exit_status()
        # A channel that is collected after its client's end raises.
        out.channel.close()
    client.close()
    return read


def paramiko_shell():
    client = paramiko_client()
    channel = client.invoke_shell()
    channel.settimeout(20)

    def until(end):
        text = ''
        while not text.endswith(end):
            data = channel.recv(65536).decode()
            assert data != '', text
            text += data
        return text.removesuffix(end)

    def run(command):
        channel.sendall(command + '\n')
        echo, _, answer = until('R1#').partition('\r\n')
        return echo, answer.removesuffix('\r\n').replace('\r\n', '\n')

    read = {'greeting': until('R1#')}
    run('terminal length 0')
    run('terminal width 511')
    for key, command in COMMANDS.items():
        echo, read[key] = run(command)
        assert echo == command, repr(echo)
    channel.sendall('exit\n')
    while channel.recv(4096):
        pass
    read['status'] = channel.recv_exit_status()
    client.close()
    return read


def asyncssh_run():
    import asyncio

    import asyncssh

    async def main():
        read = {}
        options = {'username': 'root', 'password': 'cisco', 'known_hosts': None, 'config': None, 'client_keys': None}
        async with asyncssh.connect(HOST, SSH, **options) as client:
            for key, command in COMMANDS.items():
                result = await client.run(command)
                read[key] = (result.stdout + result.stderr).removesuffix('\n')
                read[key + ' status'] = result.exit_status
            process = await client.create_process(term_type='vt100', term_size=(511, 1000))
            await process.stdout.readuntil('R1#')
            process.stdin.write('show version\nexit\n')
            read['shell'] = (await process.stdout.read()).replace('\r\n', '\n')
            read['status'] = (await process.wait()).exit_status
        return read

    return asyncio.run(main())


DRIVERS = {
    'netmiko cisco_ios': lambda: netmiko('cisco_ios', SSH, 'admin'),
    'netmiko cisco_ios_telnet': lambda: netmiko('cisco_ios_telnet', ECHOING, 'admin'),
    'netmiko generic_termserver': lambda: netmiko('generic_termserver', SSH, 'root'),
    'netmiko linux': lambda: netmiko('linux', SSH, 'root'),
    'pexpect ssh': pexpect_ssh,
    'pexpect telnet': pexpect_telnet,
    'paramiko exec': paramiko_exec,
    'paramiko shell': paramiko_shell,
    'asyncssh': asyncssh_run,
}

print(json.dumps(DRIVERS[DRIVER]()))
