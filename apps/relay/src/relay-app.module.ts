import { type DynamicModule, Logger, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { makeKafka, Relay, relayCheck } from '#libs/broker';
import { type Config, ConfigError, HealthModule, makePool, PoolLife } from '#libs/platform';

/** Starts the relay with the application, and ends it with it. */
class RelayLife implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly relay: Relay) {}

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.relay.stop();
  }
}

/** The process that copies the journal to Kafka. */
@Module({})
export class RelayAppModule {
  /** @throws ConfigError where journal or broker is not named */
  static forRoot({ journalUrl, kafka: access, topic }: Config): DynamicModule {
    const mistakes = [
      ...(journalUrl === undefined
        ? ['JOURNAL_URL: the relay needs the database of the journal (or DATABASE_URL)']
        : []),
      ...(access.brokers.length === 0 ? ['KAFKA_BROKERS: the relay needs a broker'] : []),
    ];
    if (journalUrl === undefined || mistakes.length > 0) throw new ConfigError(mistakes);
    const pool = makePool(journalUrl, { role: 'litopys_app', name: 'litopys relay', max: 4 });
    const kafka = makeKafka({ ...access, clientId: 'litopys-relay', logger: new Logger('kafkajs') });
    const relay = new Relay({ pool, kafka, topic, logger: new Logger('Relay') });
    return {
      module: RelayAppModule,
      imports: [HealthModule.forRoot([relayCheck(relay)])],
      providers: [
        { provide: RelayLife, useValue: new RelayLife(relay) },
        { provide: PoolLife, useValue: new PoolLife(pool) },
      ],
    };
  }
}
