import { rule } from '../../../../../src/dockerfile/lint/rules/PL3007-registry-credentials-written.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN gcloud auth list && az login --identity && gh auth status && doctl auth list\n',
    'FROM a:1\nRUN --mount=type=tmpfs,target=/root/.config gcloud auth activate-service-account --key-file=/k\n',
    'FROM a:1\nRUN gcloud auth activate-service-account --key-file=/k && gsutil cp gs://a/b /b && gcloud auth revoke --all\n',
    'FROM a:1\nRUN npm config get _authToken && echo _authToken && npm config set registry https://r.example.com && pip config set global.index-url https://p.example.com/simple\n',
    "FROM a:1\nRUN npm config set //r/:_authToken '${NPM_TOKEN}' && echo 'npmAuthToken: ${T}' > .yarnrc.yml\n",
    'FROM a:1\nCOPY <<"E" /root/.npmrc\n//r/:_authToken=${NPM_TOKEN}\nE\n',
    'FROM a:1\nRUN echo "//r/:_authToken=$T" > ~/.npmrc && npm ci; rm -f ~/.npmrc\n',
    'FROM a:1\nRUN docker login --help && git config --global user.name x && composer config repo.packagist false && aws configure set region x\n',
    'FROM a:1\nRUN docker login -u a -p $P && docker push b && docker logout\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN gcloud auth activate-service-account --key-file=/k.json\n', at: '--key-file=/k.json' },
    { code: 'FROM a:1\nARG P\nRUN az login --service-principal -u ci -p $P\n', at: '$P' },
    { code: 'FROM a:1\nARG T\nRUN doctl auth init -t $T\n', at: '$T' },
    { code: 'FROM a:1\nARG T\nRUN echo $T | gh auth login --with-token\n', at: '--with-token' },
    { code: 'FROM a:1\nARG T\nRUN echo //r/:_authToken=$T >> ~/.npmrc\nRUN b\n', at: '$T', fixed: 'FROM a:1\nARG T\nRUN b\n' },
    { code: 'FROM a:1\nRUN printf "//r/:_authToken=%s\\n//r/:_password=abcdef\\n" > .npmrc\n', at: 'abcdef' },
    { code: 'FROM a:1\nRUN npm config set //r/:_authToken "$(cat /run/secrets/t)" && b\n', at: '"$(cat /run/secrets/t)"' },
    { code: 'FROM a:1\nRUN a && npm set //r/:_authToken=abc\n', at: '//r/:_authToken=abc', fixed: 'FROM a:1\nRUN a\n' },
    { code: 'FROM a:1\nRUN yarn config set npmAuthToken $T\n', at: '$T' },
    { code: 'FROM a:1\nCOPY <<E /etc/pip.conf\n[global]\nindex-url = https://u:$T@p.example.com/simple\nE\n', at: '$T' },
    { code: 'FROM a:1\nRUN echo "machine h login u password $P" >> /root/.netrc\n', at: '$P' },
    { code: 'FROM a:1\nRUN poetry config http-basic.r u $P && composer config -g github-oauth.github.com $T\n', at: ['$P', '$T'] },
    {
      code: 'FROM a:1\nRUN git config --global url."https://x:$T@github.com/".insteadOf "https://github.com/"\n',
      at: 'url."https://x:$T@github.com/".insteadOf',
    },
    { code: 'FROM a:1\nRUN echo $P | docker login -u a --password-stdin r.example.com\n', at: '--password-stdin' },
    { code: 'FROM a:1\nRUN dotnet nuget add source https://n.example.com -u a --password $P --store-password-in-clear-text\n', at: '$P' },
    { code: 'FROM a:1\nRUN aws configure set aws_secret_access_key $K && cargo login $T\n', at: ['$K', '$T'] },
  ],
});
