// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.CallTracker;
import io.cordboard.call.EndReason;
import io.cordboard.call.Extension;
import io.cordboard.call.Party;
import io.cordboard.store.SqliteStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZadarmaStatisticsTest {
    private static final Instant ASKED = Instant.parse("2026-03-05T18:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void whatAPhoneThatRangInVainSaysDoesNotHideTheAnswer() {
        Call call = read(
                Wire.IN,
                row("'sip':'100','clid':'\\\"Anna\\\" <442037691880>','destination':'442037691881',"
                        + "'disposition':'no answer','seconds':0,'is_recorded':false,'call_id':1585918082.92850"),
                row("'sip':'1234-101','clid':'442037691880','destination':'442037691881','disposition':'answered',"
                        + "'seconds':42,'is_recorded':true,'call_id':1585918082.92858"));

        assertThat(call.rang()).containsExactly(new Extension("100"), new Extension("101"));
        assertThat(call.answeredBy()).containsExactly(new Extension("101"));
        assertThat(call.end()).isEqualTo(EndReason.COMPLETED);
        assertThat(call.customer().raw()).isEqualTo("+442037691880");
        assertThat(call.line()).isEqualTo("442037691881");
        assertThat(call.startedAt()).isEqualTo(Instant.parse("2026-03-05T14:07:26Z"));
        assertThat(call.times().connected()).isEqualTo(Duration.ofSeconds(42));
        assertThat(call.recording())
                .hasValueSatisfying(r -> assertThat(r.name()).isEqualTo("1585918082.92858"));
    }

    @Test
    void anOutgoingCallThatFailedNamesTheCustomersPhone() {
        Call call = read(
                Wire.OUT,
                row("'sip':100,'clid':'442037691881','destination':442037691882,'disposition':'busy','seconds':0,"
                        + "'is_recorded':'false','call_id':'1585918082.92858'"));

        assertThat(call.agent()).isEqualTo(new Extension("100"));
        assertThat(call.customer().raw()).isEqualTo("+442037691882");
        assertThat(call.end()).isEqualTo(EndReason.BUSY);
        assertThat(call.failedParty()).isEqualTo(Party.Kind.CUSTOMER);
        assertThat(call.recordings()).isEmpty();
    }

    private Call read(String id, JsonNode... rows) {
        try (SqliteStore store = SqliteStore.open(folder, Clock.systemUTC())) {
            ZadarmaTime time = new ZadarmaTime(ZoneOffset.UTC);
            ZadarmaEvents events =
                    new ZadarmaEvents("office", "GB", time, new ZadarmaCallbacks(store.memory("office"), ASKED));
            Call call = null;
            List<CallEvent> said =
                    new ArrayList<>(new ZadarmaStatistics("office", events, time).events(id, List.of(rows), ASKED));
            for (CallEvent event : said) {
                call = CallTracker.apply(call, event);
            }
            return Objects.requireNonNull(call);
        }
    }

    private static JsonNode row(String members) {
        String json = "{'callstart':'2026-03-05 14:07:26'," + members + "}";
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
