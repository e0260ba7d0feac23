import path from 'node:path';

/** The broker's settings on one machine: quick to start, quick to take back members, and strict about topics. */
export function properties(dir: string, port: number, controller: number): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'controller.listener.names=CONTROLLER',
    `controller.quorum.bootstrap.servers=127.0.0.1:${controller}`,
    'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    `log.dirs=${path.join(dir, 'log')}`,
    'auto.create.topics.enable=false',
    'num.partitions=4',
    // A broker that was killed is let in again at once, not after its old session's 9 seconds.
    'broker.session.timeout.ms=1500',
    'broker.heartbeat.interval.ms=300',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    // A group that is new waits for further members; nobody waits here.
    'group.initial.rebalance.delay.ms=0',
    '',
  ].join('\n');
}

export const LOGGING = `<Configuration><Appenders><Console name="out"><PatternLayout pattern="%d %p %c{1}: %m%n"/></Console></Appenders>
<Loggers><Root level="warn"><AppenderRef ref="out"/></Root></Loggers></Configuration>
`;
