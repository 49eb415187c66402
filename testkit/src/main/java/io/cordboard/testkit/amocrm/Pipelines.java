// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two pipelines: sales, the main one, and support. Each begins with incoming leads and ends with 142 and 143. */
final class Pipelines {
    static final int SALES = 7_100_101;
    static final int SUPPORT = 7_100_103;
    static final int WON = 142;
    static final int LOST = 143;

    private final List<Pipeline> all = List.of(
            new Pipeline(
                    SALES,
                    "Продажи",
                    true,
                    List.of(
                            new Status(60_100_101, "Неразобранное", 1),
                            new Status(60_100_103, "Первичный контакт", 0),
                            new Status(60_100_105, "Переговоры", 0),
                            new Status(WON, "Успешно реализовано", 0),
                            new Status(LOST, "Закрыто и не реализовано", 0))),
            new Pipeline(
                    SUPPORT,
                    "Поддержка",
                    false,
                    List.of(
                            new Status(60_100_201, "Неразобранное", 1),
                            new Status(60_100_203, "Новое обращение", 0),
                            new Status(60_100_205, "Вторая линия", 0),
                            new Status(WON, "Решено", 0),
                            new Status(LOST, "Закрыто", 0))));

    static boolean closed(int status) {
        return status == WON || status == LOST;
    }

    List<Pipeline> all() {
        return all;
    }

    Optional<Pipeline> find(int id) {
        return all.stream().filter(pipeline -> pipeline.id == id).findFirst();
    }

    Pipeline main() {
        return all.get(0);
    }

    /** The pipeline that a status is only in; none for the closed ones. */
    Optional<Pipeline> of(int status) {
        return closed(status)
                ? Optional.empty()
                : all.stream().filter(pipeline -> pipeline.has(status)).findFirst();
    }

    record Status(int id, String name, int type) {}

    record Pipeline(int id, String name, boolean main, List<Status> statuses) {
        boolean has(int status) {
            return statuses.stream().anyMatch(one -> one.id == status);
        }

        int unsorted() {
            return statuses.get(0).id;
        }

        int first() {
            return statuses.get(1).id;
        }

        Map<String, Object> view(String base) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("id", id);
            view.put("name", name);
            view.put("sort", main ? 1 : 2);
            view.put("is_main", main);
            view.put("is_unsorted_on", true);
            view.put("is_archive", false);
            view.put("account_id", Account.ID);
            view.put("_links", Ask.link(base + "/api/v4/leads/pipelines/" + id));
            view.put("_embedded", Map.of("statuses", statusViews(base)));
            return view;
        }

        List<Map<String, Object>> statusViews(String base) {
            List<Map<String, Object>> views = new ArrayList<>();
            for (Status status : statuses) {
                Map<String, Object> view = new LinkedHashMap<>();
                view.put("id", status.id);
                view.put("name", status.name);
                view.put("sort", closed(status.id) ? 9_000 + status.id * 10 : 10 * (views.size() + 1));
                view.put("is_editable", status.type == 0 && !closed(status.id));
                view.put("pipeline_id", id);
                view.put("color", status.type == 1 ? "#c1c1c1" : "#99ccff");
                view.put("type", status.type);
                view.put("account_id", Account.ID);
                view.put("_links", Ask.link(base + "/api/v4/leads/pipelines/" + id + "/statuses/" + status.id));
                views.add(view);
            }
            return views;
        }
    }
}
