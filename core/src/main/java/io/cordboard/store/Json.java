// SPDX-License-Identifier: Apache-2.0
package io.cordboard.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cordboard.call.CallEvent;
import io.cordboard.connector.StoreException;
import io.cordboard.crm.CrmWrite;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts in which the store keeps records. Kinds of events and writes have short names that outlive the classes'
 * names; unknown members are skipped, because a newer program may have written them. Safe for use by many threads.
 */
final class Json {
    private final JsonMapper mapper;

    Json() {
        JsonSetter.Value empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addMixIn(CallEvent.class, EventNames.class)
                .addMixIn(CrmWrite.class, WriteNames.class)
                .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .withConfigOverride(List.class, list -> list.setSetterInfo(empty))
                .withConfigOverride(Set.class, set -> set.setSetterInfo(empty))
                .withConfigOverride(Map.class, map -> map.setSetterInfo(empty))
                .build();
    }

    String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    <T> T read(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            // The cause would quote the text, which holds personal data.
            e.clearLocation();
            throw new StoreException(
                    "The store holds a " + type.getSimpleName() + " that cannot be read; restore it from a backup.",
                    null);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = CallEvent.Arrived.class, name = "arrived"),
        @JsonSubTypes.Type(value = CallEvent.Queued.class, name = "queued"),
        @JsonSubTypes.Type(value = CallEvent.LegRinging.class, name = "ringing"),
        @JsonSubTypes.Type(value = CallEvent.LegAnswered.class, name = "answered"),
        @JsonSubTypes.Type(value = CallEvent.LegHeld.class, name = "held"),
        @JsonSubTypes.Type(value = CallEvent.LegResumed.class, name = "resumed"),
        @JsonSubTypes.Type(value = CallEvent.LegEnded.class, name = "leg-ended"),
        @JsonSubTypes.Type(value = CallEvent.Transferred.class, name = "transferred"),
        @JsonSubTypes.Type(value = CallEvent.Consulted.class, name = "consulted"),
        @JsonSubTypes.Type(value = CallEvent.RecordingAvailable.class, name = "recording"),
        @JsonSubTypes.Type(value = CallEvent.Ended.class, name = "ended"),
        @JsonSubTypes.Type(value = CallEvent.Recorded.class, name = "record"),
        @JsonSubTypes.Type(value = CallEvent.Absorbed.class, name = "absorbed"),
        @JsonSubTypes.Type(value = CallEvent.Settled.class, name = "settled")
    })
    private interface EventNames {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = CrmWrite.LogCall.class, name = "log-call"),
        @JsonSubTypes.Type(value = CrmWrite.AttachRecording.class, name = "attach-recording"),
        @JsonSubTypes.Type(value = CrmWrite.CreateCustomer.class, name = "create-customer"),
        @JsonSubTypes.Type(value = CrmWrite.OpenTicket.class, name = "open-ticket"),
        @JsonSubTypes.Type(value = CrmWrite.Escalate.class, name = "escalate"),
        @JsonSubTypes.Type(value = CrmWrite.AddNote.class, name = "add-note")
    })
    private interface WriteNames {}
}
