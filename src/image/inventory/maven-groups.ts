/**
 * Groups of artifacts whose archives name none: those built by Gradle, Ant and other tools than Maven put no pom.properties in. By the artifact's name, or by what it begins with.
 * @see https://central.sonatype.com/
 */
const byName: ReadonlyMap<string, string> = new Map([
  ['ant', 'org.apache.ant'],
  ['aopalliance', 'aopalliance'],
  ['asm', 'org.ow2.asm'],
  ['aspectjrt', 'org.aspectj'],
  ['aspectjweaver', 'org.aspectj'],
  ['axis', 'axis'],
  ['batik-all', 'org.apache.xmlgraphics'],
  ['c3p0', 'com.mchange'],
  ['caffeine', 'com.github.ben-manes.caffeine'],
  ['cglib', 'cglib'],
  ['cglib-nodep', 'cglib'],
  ['checker-qual', 'org.checkerframework'],
  ['commons-beanutils', 'commons-beanutils'],
  ['commons-cli', 'commons-cli'],
  ['commons-codec', 'commons-codec'],
  ['commons-collections', 'commons-collections'],
  ['commons-configuration', 'commons-configuration'],
  ['commons-dbcp', 'commons-dbcp'],
  ['commons-digester', 'commons-digester'],
  ['commons-discovery', 'commons-discovery'],
  ['commons-el', 'commons-el'],
  ['commons-fileupload', 'commons-fileupload'],
  ['commons-httpclient', 'commons-httpclient'],
  ['commons-io', 'commons-io'],
  ['commons-jxpath', 'commons-jxpath'],
  ['commons-lang', 'commons-lang'],
  ['commons-logging', 'commons-logging'],
  ['commons-net', 'commons-net'],
  ['commons-pool', 'commons-pool'],
  ['commons-validator', 'commons-validator'],
  ['ecj', 'org.eclipse.jdt'],
  ['elasticsearch', 'org.elasticsearch'],
  ['failureaccess', 'com.google.guava'],
  ['fop', 'org.apache.xmlgraphics'],
  ['guava', 'com.google.guava'],
  ['h2', 'com.h2database'],
  ['hsqldb', 'org.hsqldb'],
  ['ivy', 'org.apache.ivy'],
  ['jcl-over-slf4j', 'org.slf4j'],
  ['jna', 'net.java.dev.jna'],
  ['jna-platform', 'net.java.dev.jna'],
  ['jsch', 'com.jcraft'],
  ['json-path', 'com.jayway.jsonpath'],
  ['json-smart', 'net.minidev'],
  ['jtds', 'net.sourceforge.jtds'],
  ['kafka-clients', 'org.apache.kafka'],
  ['kafka-streams', 'org.apache.kafka'],
  ['log4j', 'log4j'],
  ['log4j-over-slf4j', 'org.slf4j'],
  ['lombok', 'org.projectlombok'],
  ['mariadb-java-client', 'org.mariadb.jdbc'],
  ['mysql-connector-j', 'com.mysql'],
  ['mysql-connector-java', 'mysql'],
  ['netty', 'io.netty'],
  ['objenesis', 'org.objenesis'],
  ['okio', 'com.squareup.okio'],
  ['okio-jvm', 'com.squareup.okio'],
  ['postgresql', 'org.postgresql'],
  ['quartz', 'org.quartz-scheduler'],
  ['reactor-core', 'io.projectreactor'],
  ['rhino', 'org.mozilla'],
  ['serializer', 'xalan'],
  ['snakeyaml', 'org.yaml'],
  ['spring', 'org.springframework'],
  ['sqlite-jdbc', 'org.xerial'],
  ['velocity', 'org.apache.velocity'],
  ['xalan', 'xalan'],
  ['xercesImpl', 'xerces'],
  ['xml-apis', 'xml-apis'],
  ['xmlsec', 'org.apache.santuario'],
  ['xstream', 'com.thoughtworks.xstream'],
  ['zookeeper', 'org.apache.zookeeper'],
]);

/** Those that went on under another group, by the first major version of each. */
const moved: ReadonlyMap<string, readonly (readonly [major: number, group: string])[]> = new Map([
  [
    'dom4j',
    [
      [0, 'dom4j'],
      [2, 'org.dom4j'],
    ],
  ],
  [
    'ehcache',
    [
      [0, 'net.sf.ehcache'],
      [3, 'org.ehcache'],
    ],
  ],
  [
    'groovy',
    [
      [0, 'org.codehaus.groovy'],
      [4, 'org.apache.groovy'],
    ],
  ],
  [
    'groovy-all',
    [
      [0, 'org.codehaus.groovy'],
      [4, 'org.apache.groovy'],
    ],
  ],
  [
    'groovy-json',
    [
      [0, 'org.codehaus.groovy'],
      [4, 'org.apache.groovy'],
    ],
  ],
  [
    'groovy-xml',
    [
      [0, 'org.codehaus.groovy'],
      [4, 'org.apache.groovy'],
    ],
  ],
  [
    'hibernate-core',
    [
      [0, 'org.hibernate'],
      [6, 'org.hibernate.orm'],
    ],
  ],
  [
    'hibernate-validator',
    [
      [0, 'org.hibernate'],
      [6, 'org.hibernate.validator'],
    ],
  ],
  [
    'okhttp',
    [
      [0, 'com.squareup.okhttp'],
      [3, 'com.squareup.okhttp3'],
    ],
  ],
  [
    'retrofit',
    [
      [0, 'com.squareup.retrofit'],
      [2, 'com.squareup.retrofit2'],
    ],
  ],
  [
    'rxjava',
    [
      [0, 'io.reactivex'],
      [2, 'io.reactivex.rxjava2'],
      [3, 'io.reactivex.rxjava3'],
    ],
  ],
]);

/** The longest that fits is meant. */
const byBeginning: readonly (readonly [beginning: string, group: string])[] = [
  ['akka-', 'com.typesafe.akka'],
  ['ant-', 'org.apache.ant'],
  ['asm-', 'org.ow2.asm'],
  ['bcmail-', 'org.bouncycastle'],
  ['bcpg-', 'org.bouncycastle'],
  ['bcpkix-', 'org.bouncycastle'],
  ['bcprov-', 'org.bouncycastle'],
  ['bctls-', 'org.bouncycastle'],
  ['bcutil-', 'org.bouncycastle'],
  ['grpc-', 'io.grpc'],
  // Those of all Hadoop in one archive have the manifest of another archive that was unpacked into them.
  ['hadoop-client-', 'org.apache.hadoop'],
  ['kafka_', 'org.apache.kafka'],
  ['kotlin-', 'org.jetbrains.kotlin'],
  ['kotlinx-', 'org.jetbrains.kotlinx'],
  ['log4j-', 'org.apache.logging.log4j'],
  ['lucene-', 'org.apache.lucene'],
  ['micrometer-', 'io.micrometer'],
  ['okhttp-', 'com.squareup.okhttp3'],
  ['reactor-netty', 'io.projectreactor.netty'],
  ['slf4j-', 'org.slf4j'],
  ['spring-', 'org.springframework'],
  ['spring-amqp', 'org.springframework.amqp'],
  ['spring-batch-', 'org.springframework.batch'],
  ['spring-boot', 'org.springframework.boot'],
  ['spring-cloud-', 'org.springframework.cloud'],
  ['spring-data-', 'org.springframework.data'],
  ['spring-hateoas', 'org.springframework.hateoas'],
  ['spring-integration-', 'org.springframework.integration'],
  ['spring-kafka', 'org.springframework.kafka'],
  ['spring-ldap-', 'org.springframework.ldap'],
  ['spring-plugin-', 'org.springframework.plugin'],
  ['spring-rabbit', 'org.springframework.amqp'],
  ['spring-retry', 'org.springframework.retry'],
  ['spring-security-', 'org.springframework.security'],
  ['spring-session-', 'org.springframework.session'],
  ['spring-webflow', 'org.springframework.webflow'],
  ['spring-ws-', 'org.springframework.ws'],
  ['spring-xml', 'org.springframework.ws'],
  ['tomcat-', 'org.apache.tomcat'],
  ['tomcat-embed-', 'org.apache.tomcat.embed'],
];

/** Archives that are always called otherwise than their artifact, of those that have no version in their name either: Tomcat's own, as its folder lib has them. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['annotations-api', 'tomcat-annotations-api'],
  ['catalina', 'tomcat-catalina'],
  ['catalina-ant', 'tomcat-catalina-ant'],
  ['catalina-ha', 'tomcat-catalina-ha'],
  ['catalina-storeconfig', 'tomcat-storeconfig'],
  ['catalina-tribes', 'tomcat-tribes'],
  ['el-api', 'tomcat-el-api'],
  ['jasper', 'tomcat-jasper'],
  ['jasper-el', 'tomcat-jasper-el'],
  ['jaspic-api', 'tomcat-jaspic-api'],
  ['jsp-api', 'tomcat-jsp-api'],
  ['servlet-api', 'tomcat-servlet-api'],
  ['websocket-api', 'tomcat-websocket-api'],
]);

/** Returns the group that an artifact of this name and version is published under, as far as it is well known. */
export function findMavenGroup(artifactId: string, version: string): string | undefined {
  const major = Number.parseInt(version, 10);
  const group = byName.get(artifactId) ?? moved.get(artifactId)?.findLast(([first]) => major >= first)?.[1];
  if (group !== undefined) return group;
  let best: readonly [string, string] | undefined;
  for (const entry of byBeginning) if (artifactId.startsWith(entry[0]) && entry[0].length > (best?.[0].length ?? 0)) best = entry;
  return best?.[1];
}

/** Returns the artifact that Apache Tomcat's archive of this name is. */
export function findTomcatArtifact(archiveName: string): string | undefined {
  return renamed.get(archiveName);
}
