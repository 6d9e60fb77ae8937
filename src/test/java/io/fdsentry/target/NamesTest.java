package io.fdsentry.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names told from other names: containers from cgroup paths, workloads from pods, targets from programs; and
/// Kleene's logic.
class NamesTest {
    private static final String A = "a".repeat(64);
    private static final String B = "0123456789abcdef".repeat(4);
    private static final String UID = "3f1c2d4e-0a1b-4c2d-9e3f-001122334455";
    private static final String SLICED = "3f1c2d4e_0a1b_4c2d_9e3f_001122334455";
    private static final String STATIC = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /kubepods/burstable/podUID/A                                                           | A | UID    | no
        /kubepods/podUID/A                                                                     | A | UID    | no
        /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podSLICED.slice/cri-containerd-A.scope | A | UID | no
        /kubepods.slice/kubepods-podSLICED.slice/crio-A.scope                                  | A | UID    | no
        /kubepods.slice/kubepods-podSLICED.slice/crio-A.scope/container                        | A | UID    | no
        /kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podSLICED.slice/docker-A.scope | A | UID | no
        /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podSTATIC.slice/cri-containerd-A.scope | A | STATIC | no
        /system.slice/containerd.service/kubepods-burstable-podSLICED.slice:cri-containerd:A   | A | UID    | no
        /kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podSLICED.slice/cri-containerd-A.scope | A | UID | no
        /docker/A                                                                              | A |        | no
        /system.slice/docker-A.scope                                                           | A |        | no
        /machine.slice/libpod-A.scope/container                                                | A |        | no
        /libpod_parent/libpod-A                                                                | A |        | no
        /user.slice/user-1000.slice/user@1000.service/user.slice/libpod-A.scope                | A |        | no
        /system.slice/nerdctl-A.scope                                                          | A |        | no
        /docker/B/kubepods.slice/kubepods-podSLICED.slice/cri-containerd-A.scope               | A,B | UID  | no
        /kubepods/podUID/B/docker/A                                                            | A,B | UID  | no
        /docker/A/system.slice/nginx.service                                                   | A |        | no
        /../cri-containerd-A.scope                                                             | A |        | yes
        /../../podUID/A                                                                        | A | UID    | yes
        /kubepods.slice/kubepods-podSLICED.slice/crio-conmon-A.scope                           |   | UID    | no
        /machine.slice/libpod-conmon-A.scope                                                   |   |        | no
        /system.slice/containerd.service                                                       |   |        | no
        /user.slice/user-1000.slice/session-1.scope                                            |   |        | no
        /                                                                                      |   |        | no
        /docker/abcdef                                                                         |   |        | no
        """)
    void aCgroupPathNamesTheContainer(String path, String ids, String uid, String maybePod) {
        CgroupPath parsed = CgroupPath.parse(written(path));

        List<String> expected = ids == null ? List.of() : List.of(written(ids).split(","));
        assertEquals(new CgroupPath(expected, uid == null ? "" : written(uid), maybePod.equals("yes")), parsed);
    }

    private static String written(String text) {
        return text.replace("SLICED", SLICED)
                .replace("UID", UID)
                .replace("STATIC", STATIC)
                .replaceAll("\\bA\\b", A)
                .replaceAll("\\bB\\b", B);
    }

    @ParameterizedTest
    @CsvSource({
        "api-7d4b9c6f58-x2x4z, api",
        "api-v2-7d4b9c6f5-x2x4z, api-v2",
        "fluent-bit-x2x4z, fluent-bit",
        "nightly-28901234-x2x4z, nightly",
        "db-0, db",
        "db-12, db",
        "web-db-0, web-db",
        "etcd-node1, etcd-node1",
        "kube-proxy, kube-proxy",
        "nginx, nginx",
        "api-7d4b9c6f58-x2xaz, api-7d4b9c6f58-x2xaz",
        "'', ''",
    })
    void aWorkloadIsAPodWithoutWhatItsControllerAdded(String pod, String workload) {
        assertEquals(workload, Workload.of(pod));
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx",
        "python3.11, python3.11",
        "odd tool (v2), odd_tool__v2_",
        "caf\u00e9, caf_",
        "'', _",
        "'a\nb\u001b[31m', a_b__31m",
        "memfd:x, memfd_x",
    })
    void aTargetMadeForAProgramIsFitForALabel(String command, String target) {
        assertEquals(target, EveryProgram.name(command));
    }

    @Test
    void oneNoDecidesAndUndecidedStaysSo() {
        for (Answer answer : Answer.values()) {
            assertEquals(Answer.NO, answer.and(Answer.NO));
            assertEquals(Answer.NO, Answer.NO.and(answer));
            assertEquals(Answer.YES, answer.or(Answer.YES));
            assertEquals(answer, answer.and(Answer.YES));
            assertEquals(answer, Answer.YES.and(answer));
            assertEquals(answer, answer.or(Answer.NO));
            assertEquals(answer, answer.not().not());
        }
        assertEquals(Answer.UNDECIDED, Answer.UNDECIDED.and(Answer.UNDECIDED));
        assertEquals(Answer.UNDECIDED, Answer.UNDECIDED.not());
    }
}
