import { rule } from '../../../../../src/dockerfile/lint/rules/PL4010-plain-package-index.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN pip install -i https://p/simple a && npm config set https-proxy http://p:1 && npm ci --proxy=http://p:1 && echo pip -i http://p.example.com\n',
    'FROM a:1\nENV HTTP_PROXY=http://p:1 PIP_INDEX_URL=https://p/simple HOMEPAGE=http://example.com\n',
    'FROM a:1\nCOPY <<E /pom.xml\n<project xmlns="http://maven.apache.org/POM/4.0.0"><url>http://example.com</url></project>\nE\n',
    'FROM a:1\nRUN mvn -Dsonar.host.url=http://sonar.example.com verify && npm run build -- --base-href=x\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN pip install --index-url http://p.example.com/simple a\n',
      at: 'http://p.example.com/simple',
      fixed: 'FROM a:1\nRUN pip install --index-url https://p.example.com/simple a\n',
    },
    { code: 'FROM a:1\nRUN python -m pip install --extra-index-url=http://p.example.com/simple a\n', at: 'http://p.example.com/simple' },
    { code: 'FROM a:1\nRUN pip install git+http://h.example.com/a.git\n', at: 'http://h.example.com/a.git' },
    {
      code: 'FROM a:1\nRUN npm i --registry http://r.example.com && yarn config set registry http://r.example.com\n',
      at: ['http://r.example.com', 'http://r.example.com'],
    },
    {
      code: 'FROM a:1\nRUN gem sources --add http://rubygems.org && bundle config mirror.https://rubygems.org http://g.example.com\n',
      at: ['http://rubygems.org', 'http://g.example.com'],
    },
    {
      code: 'FROM a:1\nENV NPM_CONFIG_REGISTRY=http://r.example.com\n',
      at: 'http://r.example.com',
      fixed: 'FROM a:1\nENV NPM_CONFIG_REGISTRY=https://r.example.com\n',
    },
    { code: 'FROM a:1\nRUN PIP_EXTRA_INDEX_URL=http://p.example.com pip install a\n', at: 'http://p.example.com' },
    { code: 'FROM a:1\nRUN echo "registry=http://r.example.com" > .npmrc\n', at: 'registry=http://' },
    {
      code: 'FROM a:1\nCOPY <<E /root/.cargo/config.toml\n[registries.a]\nindex = "sparse+http://c.example.com/"\nE\n',
      at: 'index = "sparse+http://',
    },
    {
      code: 'FROM a:1\nCOPY <<E /s.xml\n<mirrors><mirror><url>http://m.example.com</url></mirror></mirrors>\nE\n',
      at: '<url>http://',
      fixed: 'FROM a:1\nCOPY <<E /s.xml\n<mirrors><mirror><url>https://m.example.com</url></mirror></mirrors>\nE\n',
    },
    {
      code: 'FROM a:1\nRUN composer config repositories.a composer http://c.example.com && dotnet restore -s http://n.example.com/v3/index.json\n',
      at: ['http://c.example.com', 'http://n.example.com/v3/index.json'],
    },
  ],
});
