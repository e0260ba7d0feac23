import { type DynamicModule, Logger, Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { receiverCheck, ReceiverServer } from '#libs/broker';
import { VIEWS, VIEW_VERSION } from '#libs/chronology';
import { type Config, ConfigError, HealthModule, makePool, PoolLife } from '#libs/platform';
import { connectionsOfProjector, Projector, projectorCheck, viewsCheck } from '#libs/projection';

/** Starts the loops with the application, and ends them before the receiver. */
class ProjectorLife implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(private readonly projector: Projector) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.projector.start({ rebuildMissing: false });
  }

  async onModuleDestroy(): Promise<void> {
    await this.projector.stop();
  }
}

/** The process that makes the replica of the topic, and the views of the replica. */
@Module({})
export class ProjectorAppModule {
  /** @throws ConfigError where the database of the views or the broker is not named */
  static forRoot({ viewsUrl, kafka: access, topic, lanes }: Config): DynamicModule {
    const mistakes = [
      ...(viewsUrl === undefined ? ['VIEWS_URL: the projector needs the database of the views (or DATABASE_URL)'] : []),
      ...(access.brokers.length === 0 ? ['KAFKA_BROKERS: the projector needs a broker'] : []),
    ];
    if (viewsUrl === undefined || mistakes.length > 0) throw new ConfigError(mistakes);
    const pool = makePool(viewsUrl, { name: 'litopys projector', max: 10 + connectionsOfProjector(lanes) });
    const logger = new Logger('Projector');
    const set = { views: VIEWS, viewVersion: VIEW_VERSION, feed: 'replica', lanes } as const;
    const projector = new Projector(pool, set, (error) => logger.error(error));
    const receiver = new ReceiverServer({
      pool,
      ...access,
      topic,
      groupId: `${topic}.projector`,
      onHead: () => projector.wake(),
    });
    return {
      module: ProjectorAppModule,
      imports: [
        HealthModule.forRoot([
          receiverCheck(receiver),
          projectorCheck(() => projector.status()),
          viewsCheck({ pool, feed: 'replica', viewVersion: VIEW_VERSION }),
        ]),
      ],
      providers: [
        { provide: ReceiverServer, useValue: receiver },
        { provide: ProjectorLife, useValue: new ProjectorLife(projector) },
        { provide: PoolLife, useValue: new PoolLife(pool) },
      ],
    };
  }
}
