import path from 'node:path';

/** A second way in, over TLS and for one user, who is known by each mechanism. */
export interface SecuredListener {
  readonly port: number;
  /** PEM file of the broker's key and certificate. */
  readonly keystore: string;
  readonly username: string;
  readonly password: string;
}

const SCRAM = ['SCRAM-SHA-256', 'SCRAM-SHA-512'];
const LOGIN = 'org.apache.kafka.common.security';

function securedProperties({ keystore, username, password }: SecuredListener): string[] {
  const settings = [
    'ssl.keystore.type=PEM',
    `ssl.keystore.location=${keystore}`,
    `sasl.enabled.mechanisms=PLAIN,${SCRAM.join(',')}`,
    `plain.sasl.jaas.config=${LOGIN}.plain.PlainLoginModule required user_${username}="${password}";`,
    ...SCRAM.map((name) => `${name.toLowerCase()}.sasl.jaas.config=${LOGIN}.scram.ScramLoginModule required;`),
  ];
  return settings.map((setting) => `listener.name.secured.${setting}`);
}

/** What the storage tool is told when it formats: SCRAM's users stand in the cluster's metadata. */
export const scramArguments = ({ username, password }: SecuredListener): string[] =>
  SCRAM.flatMap((name) => ['--add-scram', `${name}=[name=${username},password=${password}]`]);

/** The broker's settings on one machine: quick to start, quick to take back members, and strict about topics. */
export function properties(dir: string, port: number, controller: number, secured?: SecuredListener): string {
  const listeners = [
    ...(secured ? [`SECURED://127.0.0.1:${secured.port}`] : []),
    `PLAINTEXT://127.0.0.1:${port}`,
    `CONTROLLER://127.0.0.1:${controller}`,
  ].join(',');
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `listeners=${listeners}`,
    `advertised.listeners=${listeners}`,
    'controller.listener.names=CONTROLLER',
    `controller.quorum.bootstrap.servers=127.0.0.1:${controller}`,
    'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SECURED:SASL_SSL',
    ...(secured ? securedProperties(secured) : []),
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
