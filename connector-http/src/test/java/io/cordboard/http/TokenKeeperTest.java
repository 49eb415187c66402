// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Memory;
import io.cordboard.connector.Reason;
import io.cordboard.store.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenKeeperTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private SqliteStore store;
    private Memory memory;
    private final AtomicInteger renewals = new AtomicInteger();

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, CLOCK);
        memory = store.memory("main");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void manyWhoNeedANewTokenGetTheSameOne() {
        TokenKeeper keeper = keeper(memory);
        keeper.store(tokens("old", NOW.plusSeconds(3600)));
        List<String> got = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int i = 0; i < 64; i++) {
                threads.execute(() -> got.add(keeper.renewed("old").access()));
            }
            await().until(() -> got.size() == 64);
        } finally {
            threads.shutdownNow();
        }

        assertThat(got).containsOnly("access1");
        assertThat(renewals).hasValue(1);
    }

    @Test
    void tokenThatEndsSoonIsRenewedEarly() {
        TokenKeeper keeper = keeper(memory);
        keeper.store(tokens("old", NOW.plusSeconds(30)));

        assertThat(keeper.usable().access()).isEqualTo("access1");
    }

    @Test
    void newPairSurvivesARestart() {
        TokenKeeper keeper = keeper(memory);
        keeper.store(tokens("old", NOW));
        keeper.usable();

        assertThat(keeper(memory).usable().access()).isEqualTo("access1");
        assertThat(renewals).hasValue(1);
    }

    @Test
    void newPairIsNotUsedBeforeItIsOnDiskAndNotThrownAwayEither() {
        AtomicBoolean full = new AtomicBoolean();
        Memory disk = new Memory() {
            @Override
            public Optional<String> get(String key) {
                return memory.get(key);
            }

            @Override
            public void putAll(Map<String, String> values) {
                if (full.get()) {
                    throw new IllegalStateException("the disk is full");
                }
                memory.putAll(values);
            }

            @Override
            public void remove(String key) {
                memory.remove(key);
            }

            @Override
            public Map<String, String> startingWith(String prefix) {
                return memory.startingWith(prefix);
            }
        };
        TokenKeeper keeper = keeper(disk);
        keeper.store(tokens("old", NOW));
        full.set(true);
        assertThatThrownBy(keeper::usable).hasMessage("the disk is full");
        assertThat(keeper.tokens().orElseThrow().access()).isEqualTo("old");
        full.set(false);

        // The vendor has forgotten the old pair: asking it again would lock the account out.
        assertThat(keeper.usable().access()).isEqualTo("access1");
        assertThat(renewals).hasValue(1);
    }

    @Test
    void permissionThatIsGoneNeedsAPersonUntilAPersonGaveItAgain() {
        TokenKeeper keeper = new TokenKeeper(memory, "oauth", CLOCK, Duration.ofMinutes(2), old -> {
            throw new ConnectorException(Reason.REAUTHORISE, "invalid_grant");
        });
        keeper.store(tokens("old", NOW));

        assertThatThrownBy(keeper::usable).hasMessage("invalid_grant");
        assertThat(keeper.needsPerson()).isTrue();
        keeper.store(tokens("given", NOW.plusSeconds(3600)));

        assertThat(keeper.needsPerson()).isFalse();
        assertThat(keeper.usable().access()).isEqualTo("given");
    }

    @Test
    void tokenThatStillWorksIsUsedWhileItCannotBeRenewed() {
        TokenKeeper keeper = new TokenKeeper(memory, "oauth", CLOCK, Duration.ofMinutes(2), old -> {
            throw new ConnectorException(Reason.UNAVAILABLE, "no answer");
        });
        keeper.store(tokens("old", NOW.plusSeconds(30)));

        assertThat(keeper.usable().access()).isEqualTo("old");
    }

    @Test
    void renewalThatJustFailedIsNotTriedByEverybody() {
        TokenKeeper keeper = new TokenKeeper(memory, "oauth", CLOCK, Duration.ofMinutes(2), old -> {
            renewals.incrementAndGet();
            throw new ConnectorException(Reason.UNAVAILABLE, "no answer");
        });
        keeper.store(tokens("old", NOW.plusSeconds(30)));

        keeper.usable();
        keeper.usable();

        assertThat(renewals).hasValue(1);
    }

    @Test
    void nobodyWaitsForTheRenewalOfATokenThatStillWorks() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        TokenKeeper keeper = new TokenKeeper(memory, "oauth", CLOCK, Duration.ofMinutes(2), old -> {
            renewals.incrementAndGet();
            await().until(() -> answered.getCount() == 0);
            return tokens("new", NOW.plusSeconds(3600));
        });
        keeper.store(tokens("old", NOW.plusSeconds(30)));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Tokens> renewing = other.submit(keeper::usable);
            await().until(() -> renewals.get() == 1);

            assertThat(keeper.usable().access()).isEqualTo("old");
            answered.countDown();
            assertThat(renewing.get().access()).isEqualTo("new");
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void tokensAreNotInTexts() {
        assertThat(tokens("topsecret", NOW).toString()).doesNotContain("topsecret");
    }

    private TokenKeeper keeper(Memory where) {
        return new TokenKeeper(where, "oauth", CLOCK, Duration.ofMinutes(2), old -> {
            int count = renewals.incrementAndGet();
            return new Tokens("access" + count, "refresh" + count, NOW.plusSeconds(3600), "");
        });
    }

    private static Tokens tokens(String access, Instant end) {
        return new Tokens(access, "refresh0", end, "");
    }
}
